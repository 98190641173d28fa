"""Who may ask, who may approve, and how many: Cedar rules, asked with everything spelled out."""
