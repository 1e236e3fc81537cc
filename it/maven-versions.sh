#!/usr/bin/env bash
# Runs the sample shop with several versions of Maven, on JDK 17 and on 25 where there is one, each with an empty local
# repository. The versions come as Maven artifacts, through the Maven that is installed.
#
#   it/maven-versions.sh                 # all versions
#   it/maven-versions.sh 3.9.16          # the ones you name
#
# JAVA17_HOME and JAVA25_HOME name the JDKs; otherwise they are looked for.
set -euo pipefail
cd "$(dirname "$0")/.."

versions=("$@")
[ ${#versions[@]} -gt 0 ] || versions=(3.8.7 3.9.16 3.10.0 4.0.0-rc-6)
target="$PWD/it/target/maven-versions"
mkdir -p "$target"

# The JDK of a major version: the variable of this script, the one of CI runners, or the usual folders.
jdk() {
  local named="JAVA$1_HOME" runner="JAVA_HOME_$1_X64" candidate
  for candidate in "${!named:-}" "${!runner:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*-"$1"-* /usr/lib/jvm/*-"$1"; do
    if [ -n "$candidate" ] && [ -x "$candidate/bin/java" ] \
      && "$candidate/bin/java" -version 2>&1 | grep -q "version \"$1[.\"]"; then
      echo "$candidate"
      return
    fi
  done
}

echo "Building the plugin"
mvn -q -B -ntp -DskipTests -Dmdep.skip pre-integration-test

results=()
failed=0
for version in "${versions[@]}"; do
  home="$target/apache-maven-$version"
  if [ ! -f "$home/bin/mvn" ]; then
    mvn -q -B -ntp -N org.apache.maven.plugins:maven-dependency-plugin:3.11.0:unpack \
      "-Dartifact=org.apache.maven:apache-maven:$version:zip:bin" "-DoutputDirectory=$target"
    chmod +x "$home/bin/mvn"
  fi
  for major in 17 25; do
    java_home="$(jdk "$major")"
    if [ -z "$java_home" ]; then
      results+=("$version|$major|no JDK $major found")
      continue
    fi
    run="$target/run-$version-jdk$major"
    rm -rf "$run"
    mkdir -p "$run"
    echo "Maven $version on JDK $major: $run/demo.log"
    # The tests that look for the password in everything a build prints: each Maven has its own -X.
    if ! mvn -q -B -ntp -DskipTests -Dmdep.skip verify "-Dinvoker.test=sync-secrets*,migrate-secrets" \
      "-Dinvoker.mavenHome=$home" "-Dinvoker.javaHome=$java_home" > "$run/secrets.log" 2>&1; then
      results+=("$version|$major|FAILED, see $run/secrets.log")
      failed=1
      continue
    fi
    if JAVA_HOME="$java_home" "$java_home/bin/java" -cp it/target/test-classes io.github.dbops.it.Demo \
      "$PWD/it/demo" "$run" "$home" "$PWD/it/target/local-repo" > "$run/demo.log" 2>&1; then
      results+=("$version|$major|passed")
    else
      results+=("$version|$major|FAILED, see $run/demo.log")
      failed=1
    fi
  done
done

printf '\n%-12s  %-4s  %s\n' Maven JDK Result
for result in "${results[@]}"; do
  IFS='|' read -r version major outcome <<< "$result"
  printf '%-12s  %-4s  %s\n' "$version" "$major" "$outcome"
done
exit "$failed"
