return io.github.dbops.it.PluginGroup.publishPrefix(localRepositoryPath) &&
    io.github.dbops.it.Shop.open(basedir, context)
