context.schema.check {
    def schema = context.schema
    assert schema.outcome('target/dbops/migrate-deploy-report.json') == 'deployed'
    assert schema.outcome('target/dbops/migrate-status-report.json') == 'up-to-date'
    // Once for the whole build: neither a second run for the child nor its own reports.
    assert schema.log().count('20260915100000_customer_phone') > 0
    assert !schema.has('child/target')
    assert schema.rows('SELECT count(*) FROM _prisma_migrations') == ['4']
}
