return io.github.dbops.it.Shop.unreachable(basedir, context)
