def log = new File(basedir, 'build.log').text
assert log.contains('1,000 rows to insert and 10,000 to update')
assert log.contains('1,000 rows inserted and 10,000 updated')
def report = new File(basedir, 'target/dbops/sync-report.json').text
assert report =~ /"totals"\s*:\s*\{[^}]*"sourceRows"\s*:\s*1000000,[^}]*"identical"\s*:\s*1000000,/
assert report =~ /"outcome"\s*:\s*"nothing-to-do"/
