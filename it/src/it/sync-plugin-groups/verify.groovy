context.shop.check {
    assert context.shop.totals('dbops-reports') == 'Totals[sourceRows=19, targetRows=20, toInsert=5, toUpdate=3, conflicts=14, identical=8, different=6, onlyInTarget=6, appliedInserts=0, appliedUpdates=0]'
    assert context.shop.productionIsUnchanged()
}
