// The run's id is only known by now: what follows is what its user does next.
context.shop.check {
    def run = context.shop.field('target/dbops/sync-report.json', 'runId')
    assert context.shop.log().contains("See what an undo of the last one would do: mvn dbops:undo -Drun=$run")
    assert context.shop.field('target/dbops/undo-report.json', 'outcome') == 'runs-listed'
    // Somebody works on with what the run brought.
    context.shop.production('UPDATE "Coupon" SET percent = 25 WHERE code = \'AUTUMN\' RETURNING code')
    context.shop.production('INSERT INTO "Product" SELECT \'theirs\', \'SCARF-9\', \'Theirs\', 9, \'{}\', id, now() FROM "Category" WHERE slug = \'scarves\' RETURNING sku')

    assert context.shop.maven('dbops:undo', "-Drun=$run", '-DdryRun') == 0
    assert context.shop.field('target/dbops/undo-report.json', 'outcome') == 'changes-found'
    assert context.shop.has('target/dbops/undo-review.json')
    def digest = context.shop.field('target/dbops/undo-report.json', 'digest')
    assert context.shop.production('SELECT name FROM "Product" WHERE sku = \'HAT-1\'') == ['Felt hat, dark']

    assert context.shop.maven('dbops:undo', "-Drun=$run", '-Dapply') == 0
    assert context.shop.field('target/dbops/undo-report.json', 'outcome') == 'undone'
    assert context.shop.field('target/dbops/undo-report.json', 'digest') == digest
    assert !context.shop.has('target/dbops/undo-review.json')
    assert context.shop.log().contains('slug=scarves (public.Product (Product_categoryId_fkey))')
    assert context.shop.production('SELECT slug, title FROM "Category" ORDER BY slug') ==
        ['bags|Bags', 'hats|Hats', 'scarves|Scarves', 'shoes|Shoes', 'vintage|Vintage']
    assert context.shop.production('SELECT sku, name, price FROM "Product" ORDER BY sku') == [
        'BAG-1|Day bag|75.00', 'HAT-1|Felt hat|49.00', 'SCARF-9|Theirs|9.00', 'SHOE-1|City boot|129.00',
        'SHOE-2|Trail shoe|89.00', 'VINT-1|Old lamp|20.00']
    assert context.shop.production('SELECT country, method, "priceCents" FROM "ShippingRate" ORDER BY 1, 2') ==
        ['CH|standard|1290', 'DE|express|990', 'DE|standard|450', 'FR|standard|690']
    assert context.shop.production('SELECT code, percent FROM "Coupon" ORDER BY code') ==
        ['AUTUMN|25', 'SPRING|15', 'VIP|30', 'WELCOME10|12']
    assert context.shop.production('SELECT undoes, updated, deleted, remaining FROM dbops.sync_run WHERE undoes IS NOT NULL') ==
        ["$run|3|3|2".toString()]
}
