context.shop.check {
    def log = context.shop.log()
    assert log.contains('DBOPS-101')
    assert log.contains('The setting dbops.audit is not usable.')
    assert log.contains('The setting dbops.lockTimeout is not usable.')
    assert !log.contains('DBOPS-201')
    // Maven's own sentence, then a line of its own for each problem.
    assert log =~ /Failed to execute goal .*\R\[ERROR\]\s*\R\[ERROR\] DBOPS-101/
    assert context.shop.text('target/dbops/sync-report.json').contains('DBOPS-101')
}
