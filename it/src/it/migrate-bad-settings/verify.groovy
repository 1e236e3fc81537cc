context.schema.check {
    def schema = context.schema
    def wrong = { int run, String goal, String... settings ->
        def report = schema.text("target/$run/${goal}-report.json")
        settings.each { assert report.contains("The setting $it is not usable.") }
    }
    wrong(1, 'migrate-status', 'dbops.engine', 'dbops.prisma.execution', 'dbops.lockTimeout', 'dbops.lockAttempts', 'dbops.waitForLock', 'dbops.connectAttempts', 'dbops.connectWithin', 'dbops.pooler', 'dbops.failOn')
    wrong(2, 'migrate-deploy', 'dryRun', 'dbops.expectDigest', 'dbops.backupMaxAge', 'dbops.createDatabase')
    wrong(3, 'resolve', 'dryRun')
    assert schema.text('target/3/resolve-report.json').contains('Both applied and rolledBack are set.')
    assert schema.text('target/4/resolve-report.json').contains('Neither applied nor rolledBack is set.')
    assert schema.text('target/5/migrate-status-report.json').contains('DBOPS-102')
    assert schema.text('target/6/migrate-status-report.json').contains('DBOPS-103')
    assert schema.text('target/7/migrate-status-report.json').contains('DBOPS-301')
    assert schema.text('target/8/migrate-deploy-report.json').contains('DBOPS-111')
    assert schema.log().contains('The setting dbops.skip is not usable.')
    assert schema.rows("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace") == ['0']
}
