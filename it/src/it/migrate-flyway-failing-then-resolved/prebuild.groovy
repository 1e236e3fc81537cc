return io.github.dbops.it.Schema.open(basedir, context)
