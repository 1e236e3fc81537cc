context.shop.check {
    assert context.shop.log().contains('[DEBUG]')
    assert context.shop.log().contains('DBOPS-201')
    assert context.shop.filesWithThePassword() == []
}
