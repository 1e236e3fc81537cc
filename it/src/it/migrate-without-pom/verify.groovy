context.schema.check {
    def schema = context.schema
    assert schema.outcome('dbops-reports/migrate-deploy-report.json') == 'deployed'
    assert schema.outcome('reports/2/migrate-status-report.json') == 'up-to-date'
    assert schema.outcome('reports/3/migrate-status-report.json') == 'pending'
    assert schema.log().contains('DATABASE_URL')
    assert !schema.has('target')
    assert schema.rows('SELECT migration_name FROM _prisma_migrations') == ['20260301000000_shelf']
    assert schema.rows("SELECT count(*) FROM shelf") == ['0']
}
