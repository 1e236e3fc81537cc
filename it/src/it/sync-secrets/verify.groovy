context.shop.check {
    assert context.shop.log().contains('[DEBUG]')
    assert context.shop.log().contains('BUILD SUCCESS')
    assert context.shop.filesWithThePassword() == []
}
