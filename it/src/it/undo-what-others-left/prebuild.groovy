return io.github.dbops.it.Shop.open(basedir, context)
