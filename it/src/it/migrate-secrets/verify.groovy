context.schema.check {
    def schema = context.schema
    assert schema.log().contains('[DEBUG]')
    assert schema.log().contains('DBOPS-306')
    assert schema.log().contains('DBOPS-102')
    assert schema.rows('SELECT version FROM flyway_schema_history ORDER BY 1') == ['1']
    assert schema.filesWithThePassword() == []
    // flyway.conf has a password of its own, which nobody uses.
    assert schema.filesWith('c0nf-Pa55word') - 'verify.groovy' == ['flyway.conf']
    // The one who typed it is told not to, in words that do not repeat it.
    assert schema.filesWith('typed-Pa55word') - 'verify.groovy' == ['invoker.properties']
}
