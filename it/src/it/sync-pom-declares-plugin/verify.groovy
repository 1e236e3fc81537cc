context.shop.check {
    // All five local categories, drafts too: this plan has no "where".
    assert context.shop.totals('build/dbops') == 'Totals[sourceRows=5, targetRows=4, toInsert=2, toUpdate=0, conflicts=3, identical=2, different=1, onlyInTarget=1, appliedInserts=0, appliedUpdates=0]'
    assert !context.shop.has('target')
    assert context.shop.productionIsUnchanged()
}
