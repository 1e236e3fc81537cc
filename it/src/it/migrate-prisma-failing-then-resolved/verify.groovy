context.schema.check {
    def schema = context.schema
    def log = schema.log()
    // The failure, as PostgreSQL tells it, with its place in the file.
    assert log.contains('DBOPS-306')
    assert log.contains('P3018')
    assert log.contains('division by zero')
    assert log.contains('prisma/migrations/20260302000000_fill/migration.sql:3')
    // The command that was run next is the one that was printed.
    assert log.contains('mvn ' + schema.run(4))
    assert schema.outcome('target/1/migrate-deploy-report.json') == 'failed'
    assert schema.outcome('target/2/migrate-deploy-report.json') == 'refused'
    assert schema.text('target/2/migrate-deploy-report.json').contains('DBOPS-305')
    assert schema.text('target/3/migrate-status-report.json').contains('DBOPS-313')
    assert schema.outcome('target/dbops/resolve-report.json') == 'resolved'
    assert schema.outcome('target/dbops/migrate-deploy-report.json') == 'deployed'

    assert schema.rows('SELECT migration_name, applied_steps_count, finished_at IS NOT NULL, rolled_back_at IS NOT NULL, logs IS NOT NULL FROM _prisma_migrations ORDER BY started_at') == [
        '20260301000000_shelf|1|t|f|f', '20260302000000_fill|0|f|t|t', '20260302000000_fill|1|t|f|f', '20260303000000_later|1|t|f|f']
    // Nothing of the first try was left for the second to trip over.
    assert schema.rows('SELECT id, label FROM shelf ORDER BY id') == ['1|first', '2|second', '3|later']
}
