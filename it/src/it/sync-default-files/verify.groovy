context.shop.check {
    assert context.shop.totals('target/dbops') == 'Totals[sourceRows=19, targetRows=20, toInsert=5, toUpdate=3, conflicts=14, identical=8, different=6, onlyInTarget=6, appliedInserts=0, appliedUpdates=0]'
    assert context.shop.text('target/dbops/sync-report.json') =~ /"mode"\s*:\s*"dry-run"/
    assert context.shop.has('target/dbops/sync-report.md')
    assert context.shop.has('target/dbops/sync-report.html')
    assert context.shop.has('target/dbops/sync-review.json')
    assert context.shop.log().contains('.env.production')
    assert context.shop.productionIsUnchanged()
}
