const semver = require('semver');
console.log(semver.valid('v1.2.3'), semver.satisfies('1.2.3', '^1.0.0 || >=3'), semver.inc('1.2.3-beta.1', 'prerelease'), semver.sort(['1.10.0', '1.2.0', '1.2.0-a']), semver.coerce('v3.4 foo').version, semver.diff('1.0.0', '1.1.0'), new semver.Range('~1.2 <1.2.9').format(), semver.minVersion('>=1.0.0-0').version);
