context.schema.check {
    def schema = context.schema
    assert schema.outcome('target/1/migrate-status-report.json') == 'pending'
    assert schema.outcome('target/2/migrate-deploy-report.json') == 'pending'
    assert schema.outcome('target/3/migrate-deploy-report.json') == 'deployed'
    assert schema.outcome('target/4/migrate-status-report.json') == 'up-to-date'
    assert schema.outcome('target/dbops/migrate-deploy-report.json') == 'up-to-date'

    assert schema.rows('SELECT version, description, type, success FROM flyway_schema_history ORDER BY installed_rank') == [
        '1|shelf|SQL|t', '2|index|SQL|t', '3|rows|SQL|t', 'null|labels|SQL|t']
    // CONCURRENTLY did not hang, the placeholder of the POM was used, the callback ran after each of the two deploys.
    assert schema.rows("SELECT indisvalid FROM pg_index WHERE indexrelid = 'shelf_label'::regclass") == ['t']
    assert schema.rows('SELECT label FROM labels') == ['from the POM']
    assert schema.rows('SELECT count(*) FROM called') == ['2']
}
