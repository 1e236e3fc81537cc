context.schema.check {
    def schema = context.schema
    assert schema.log().contains('[DEBUG]')
    assert schema.log().contains('DBOPS-306')
    assert schema.log().contains('DBOPS-102')
    assert schema.rows('SELECT version FROM flyway_schema_history ORDER BY 1') == ['1']
    assert schema.filesWithThePassword() == []
    // flyway.conf has a password of its own, which nobody uses.
    assert schema.filesWith('c0nf-Pa55word') == ['flyway.conf']
    assert schema.filesWith('typed-Pa55word').every { it in ['invoker.properties', 'build.log'] }
    // The invoker shows what it runs; dbops and Maven show nothing of it.
    assert schema.log().readLines().findAll { it.contains('typed-Pa55word') && !it.contains('dbops:migrate-status') } == []
}
