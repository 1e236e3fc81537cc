package io.github.dbops.it.benchmark;

import io.github.dbops.it.Folder;
import java.nio.file.Path;
import java.util.List;

/**
 * Where benchmarks work.
 *
 * @param module the folder of the integration tests
 * @param mavenHome the Maven that runs them
 * @param localRepository the surrounding build's
 * @param version the plugin's
 */
record Workplace(Path module, Path mavenHome, Path localRepository, String version) {

    /** Whatever is made here goes with {@code mvn clean}. */
    Folder scratch() {
        return new Folder(module.resolve("target/benchmark"));
    }

    /** The scripts and plans of {@code dbops:sync}'s benchmarks. */
    Folder scripts() {
        return new Folder(module.resolve("benchmarks"));
    }

    /** The page of results. */
    BenchmarkPage page() {
        return new BenchmarkPage(module.resolve("../docs/performance.md"));
    }

    /** Where the plugin was installed for the integration tests. */
    Path installed() {
        return module.resolve("target/local-repo");
    }

    /** PostgreSQL's binaries of a major version, as the build copied them. */
    Path binaries(int majorVersion) {
        return module.resolve("target/postgres-binaries").resolve(Integer.toString(majorVersion));
    }

    /** Maven with the plugin as it was built, but for goals. */
    List<String> maven() {
        String template = new Folder(module.resolve("src/it")).text("settings.xml");
        scratch()
                .write(
                        "settings.xml",
                        template.replace(
                                "@localRepositoryUrl@", localRepository.toUri().toString()));
        return List.of(
                mavenHome.resolve("bin/mvn").toString(),
                "--batch-mode",
                "--no-transfer-progress",
                "--global-settings",
                scratch().path().resolve("settings.xml").toString(),
                "-Dmaven.repo.local=" + installed());
    }

    /** A goal of the plugin. */
    String goal(String name) {
        return "io.github.dbops:dbops-maven-plugin:" + version + ":" + name;
    }
}
