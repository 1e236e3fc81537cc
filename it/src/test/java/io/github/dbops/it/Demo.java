package io.github.dbops.it;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The sample shop as a user runs it, on the console: both databases get the migrations that they lack; then, for the
 * data, what would change, the change, and nothing left to change.
 */
public final class Demo {

    private static final Totals BEFORE = new Totals(19, 20, 5, 3, 14, 8, 6, 6, 0, 0);
    private static final Totals APPLIED = new Totals(19, 20, 5, 3, 14, 8, 6, 6, 5, 3);
    private static final Totals AFTER = new Totals(19, 25, 0, 0, 19, 16, 3, 6, 0, 0);

    private final PrintStream console;
    private final Folder shop;
    private final List<String> maven;

    private Demo(PrintStream console, Folder shop, List<String> maven) {
        this.console = console;
        this.shop = shop;
        this.maven = List.copyOf(maven);
    }

    /**
     * Runs the demo.
     *
     * @param arguments the sample's folder, the build's folder, Maven's home, the surrounding build's local repository,
     *     and where there is one the user's settings file
     * @throws IllegalStateException where the sample does not do what its README says
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path target = Path.of(arguments[1]);
        Folder shop = new Folder(target.resolve("demo"));
        shop.delete();
        new Folder(Path.of(arguments[0])).copyTo(shop.path());
        // Else Maven takes the surrounding repository for the shop's own root.
        shop.write(".mvn/maven.config", "");
        Path settings = target.resolve("demo-settings.xml");
        String template = new Folder(Path.of(arguments[0])).text("../src/it/settings.xml");
        new Folder(target)
                .write(
                        settings.getFileName().toString(),
                        template.replace(
                                "@localRepositoryUrl@",
                                Path.of(arguments[3]).toUri().toString()));
        List<String> maven = new ArrayList<>(List.of(
                Path.of(arguments[2], "bin", isWindows() ? "mvn.cmd" : "mvn").toString(),
                "--no-transfer-progress",
                "--global-settings",
                settings.toString(),
                "-Dmaven.repo.local=" + target.resolve("local-repo")));
        new Demo(System.out, shop, maven).run();
    }

    private void run() throws IOException, InterruptedException {
        step("1. Which migrations does production lack?", "dbops:migrate-status");
        expect("migrate-status", "pending");
        step("2. Run them in the local database.", "dbops:migrate-deploy", "-DenvFile=.env");
        expect("migrate-deploy", "deployed");
        step("3. Run them in production.", "dbops:migrate-deploy");
        expect("migrate-deploy", "deployed");
        step("4. Is production up to date?", "dbops:migrate-status");
        expect("migrate-status", "up-to-date");
        step("5. Which data would change in production?", "dbops:sync", "-DdryRun");
        expect(BEFORE);
        step("6. Change them, if it is still exactly that.", "dbops:sync", "-Dapply");
        expect(APPLIED);
        step("7. Is anything left?", "dbops:sync", "-DdryRun");
        expect(AFTER);
        console.println();
        console.println("The shop is in     " + shop.path());
        console.println("Its reports are in " + shop.path().resolve("target/dbops"));
        new Folder(shop.path().resolve("target/dbops"))
                .files()
                .forEach(report -> console.println("    " + report.getFileName()));
        console.println("Go on there with   " + String.join(" ", maven) + " dbops:sync -DdryRun");
        console.println();
    }

    private void step(String question, String... goal) throws IOException, InterruptedException {
        console.println();
        console.println("=".repeat(100));
        console.println(question);
        console.println("$ mvn " + String.join(" ", goal));
        console.println("=".repeat(100));
        console.flush();
        List<String> command = new ArrayList<>(maven);
        command.addAll(List.of(goal));
        int exit = new ProcessBuilder(command)
                .directory(shop.path().toFile())
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IllegalStateException("mvn " + String.join(" ", goal) + " ended with exit code " + exit);
        }
    }

    private void expect(String goal, String outcome) {
        String report = shop.text("target/dbops/" + goal + "-report.json");
        if (!report.contains("\"outcome\": \"" + outcome + "\"")) {
            throw new IllegalStateException("The sample's README says " + outcome + ", the report: " + report);
        }
    }

    private void expect(Totals expected) {
        Totals found = Totals.in(shop.text("target/dbops/sync-report.json"));
        if (!found.equals(expected)) {
            throw new IllegalStateException("The report says " + found + ", the sample's README " + expected);
        }
    }

    private static boolean isWindows() {
        return System.getProperty("os.name", "").startsWith("Windows");
    }
}
