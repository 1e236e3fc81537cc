context.schema.check {
    def schema = context.schema
    def log = schema.log()
    assert log.contains('DBOPS-306')
    assert log.contains('division by zero')
    assert log.contains('db/migration/V2__fill.sql:2')
    // The command that was run next is the one that was printed.
    assert log.contains('mvn ' + schema.run(3))
    assert schema.outcome('target/1/migrate-deploy-report.json') == 'failed'
    assert schema.text('target/2/migrate-deploy-report.json').contains('DBOPS-305')
    assert schema.outcome('target/dbops/resolve-report.json') == 'resolved'
    assert schema.outcome('target/dbops/migrate-deploy-report.json') == 'deployed'

    assert schema.rows('SELECT version, success FROM flyway_schema_history ORDER BY installed_rank') == ['1|t', '2|t']
    // Not in one transaction: what stood before the failed statement was kept.
    assert schema.rows('SELECT label, count(*) FROM shelf GROUP BY label ORDER BY label') == ['first|2', 'second|1']
    assert schema.rows('SELECT count(*) FROM dbops.migration_resolution') == ['1']
}
