context.shop.check {
    assert context.shop.log().contains('DBOPS-412')
    assert context.shop.log().contains('-DconfirmOverwrite=I_UNDERSTAND_PROD_OVERWRITE')
    // The env files lead nowhere: had anything been connected to, this would be DBOPS-201.
    assert !context.shop.log().contains('DBOPS-201')
    assert context.shop.text('target/dbops/sync-report.json').contains('DBOPS-412')
}
