context.schema.check {
    def schema = context.schema
    assert schema.outcome('target/1/migrate-status-report.json') == 'pending'
    assert schema.outcome('target/2/migrate-deploy-report.json') == 'pending'
    assert schema.outcome('target/3/migrate-deploy-report.json') == 'deployed'
    assert schema.outcome('target/4/migrate-status-report.json') == 'up-to-date'
    assert schema.outcome('target/dbops/migrate-deploy-report.json') == 'up-to-date'
    assert schema.has('target/dbops/migrate-deploy-report.md')

    def names = ['20260105093000_init', '20260217141500_shipping_and_coupons', '20260914080000_order_customer_index', '20260915100000_customer_phone']
    assert schema.rows('SELECT migration_name, checksum, applied_steps_count, finished_at IS NOT NULL, logs, rolled_back_at FROM _prisma_migrations ORDER BY started_at') ==
        names.collect { "$it|${schema.checksum(it)}|1|t|null|null".toString() }
    assert schema.rows("SELECT indisvalid FROM pg_index WHERE indexrelid = '\"Order_customerId_idx\"'::regclass") == ['t']
    assert schema.rows("SELECT data_type FROM information_schema.columns WHERE table_name = 'Customer' AND column_name = 'phone'") == ['text']
    names.each { assert schema.log().contains(it) }
}
