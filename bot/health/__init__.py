"""How toban itself does: whether it hears, stores, tells and watches; for whoever looks from outside."""
