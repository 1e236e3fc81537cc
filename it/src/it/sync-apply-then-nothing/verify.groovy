context.shop.check {
    assert context.shop.totals('target/dbops') == 'Totals[sourceRows=19, targetRows=25, toInsert=0, toUpdate=0, conflicts=19, identical=16, different=3, onlyInTarget=6, appliedInserts=0, appliedUpdates=0]'
    assert context.shop.production('SELECT slug, title FROM "Category" ORDER BY slug') ==
        ['bags|Bags', 'hats|Hats', 'scarves|Scarves', 'shoes|Shoes & Boots', 'vintage|Vintage']
    assert context.shop.production('SELECT sku, name, price FROM "Product" ORDER BY sku') == [
        'BAG-1|Day bag|75.00', 'HAT-1|Felt hat, dark|49.00', 'SCARF-1|Wool scarf|35.00', 'SCARF-2|Silk scarf|59.00',
        'SHOE-1|City boot|119.00', 'SHOE-2|Trail shoe|89.00', 'VINT-1|Old lamp|20.00']
    assert context.shop.production('SELECT country, method, "priceCents" FROM "ShippingRate" ORDER BY 1, 2') ==
        ['AT|standard|590', 'CH|standard|1290', 'DE|express|990', 'DE|standard|450', 'FR|standard|690']
    assert context.shop.production('SELECT code, percent FROM "Coupon" ORDER BY code') ==
        ['AUTUMN|20', 'SPRING|15', 'VIP|30', 'WELCOME10|12']
    assert context.shop.production('SELECT number, status FROM "Order" ORDER BY number') ==
        ['2026-0001|PAID', '2026-0002|SHIPPED', '2026-0003|PAID', '2026-0004|PENDING']
    assert context.shop.production('SELECT name FROM "Customer" ORDER BY email') == ['Ann', 'House Demo', 'House Account']
    assert context.shop.production('SELECT token FROM "Session"') == ['production-token']
}
