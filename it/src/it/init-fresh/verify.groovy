context.shop.check {
    def plan = context.shop.text('sync-plan.json')
    assert plan.contains('"$schema": "./sync-plan.schema.json"')
    assert plan.contains('''    // public.Product: 6 rows. References Category.
    // Key: unique index "Product_sku_key".
    // Or "key": ["id"]: the primary key, an id: it means the same on both sides only where rows were copied.
    // Ignored: "updatedAt" (when a row was last changed, which each side sets itself).
    // Inserted rows bring their "id" along.
    {
      "name": "Product",
      "key": ["sku"],
      "mode": "skip",
      "ignore": ["updatedAt"]
    },''')
    assert plan.contains('''      "key": ["id"],
      "mode": "skip",
      "sensitive": ["token"]''')
    assert context.shop.text('sync-plan.schema.json').contains('"title": "dbops sync plan"')

    // The dry-run showed the same text.
    plan.readLines().each { assert context.shop.log().contains(it) }
    assert context.shop.log().contains('only its catalog is looked at')

    def report = context.shop.text('target/dbops/init-report.json')
    assert report.contains('"outcome": "refused"') && report.contains('DBOPS-117')
    assert context.shop.text('target/dbops/init-report.md').startsWith('## dbops init')
    assert context.shop.log().contains('Replace it: mvn dbops:init -Ddbops.replacePlan')

    assert context.shop.text('target/dbops/sync-report.json').contains('"outcome": "nothing-to-do"')
    assert context.shop.totals('target/dbops') =~ /sourceRows=0, targetRows=0/
    assert context.shop.filesWithThePassword() == []
    assert context.shop.productionIsUnchanged()
}
