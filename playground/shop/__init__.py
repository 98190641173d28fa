"""A small system to break: it answers on loopback, and does as well as the local AWS lets it.

    with Shop(aws) as shop:                 # the estate of `playground.aws.planting_shop` is there
        urlopen(shop.url)                   # what shop.asagao.example leads to
        shop.timing.scale = 0.1             # all its delays from now on
        shop.truth.windows()                # when its users saw errors, as the system itself knows

The front door chooses a region by the weighted records, that region's balancer a healthy web server, and
that one asks the database; each has a port of its own.  A thread looks at the local AWS three times a second,
and what it sees decides who answers: nobody is told of a test.
"""
