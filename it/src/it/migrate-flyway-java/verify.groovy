context.schema.check {
    def schema = context.schema
    assert schema.outcome('target/1/migrate-deploy-report.json') == 'deployed'
    assert schema.outcome('target/dbops/migrate-status-report.json') == 'up-to-date'
    assert schema.rows('SELECT version, type, script FROM flyway_schema_history ORDER BY installed_rank') == [
        '1|SQL|V1__shelf.sql', '2|JDBC|com.example.migration.V2__Fill']
    // What it wrote comes from a class of the module that is no migration.
    assert schema.rows('SELECT label FROM shelf') == ['made in Java']
}
