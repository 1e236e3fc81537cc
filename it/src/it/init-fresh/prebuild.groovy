return io.github.dbops.it.Shop.open(basedir, context) && new File(basedir, 'sync-plan.json').delete()
