package io.github.dbops.it;

import io.github.dbops.postgres.embedded.LoopbackPort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One integration test's project, with the sample shop's two databases on a server of its own. Hooks reach it as
 * {@code context.shop}: each script has a class loader of its own, so that {@code verify.groovy} must not import this
 * class.
 */
public final class Shop implements AutoCloseable {

    /** What must never be seen outside the env files. */
    public static final String PASSWORD = "pa55-Wh0-sh0uld-s33-th1s";

    private final Folder project;
    private final @Nullable EmbeddedPostgres server;
    private final List<String> before;

    private Shop(Folder project, @Nullable EmbeddedPostgres server) {
        this.project = project;
        this.server = server;
        this.before = server == null ? List.of() : production(EVERYTHING);
    }

    private static final String EVERYTHING = """
            SELECT 'Category', t::text FROM "Category" t UNION ALL
            SELECT 'Product', t::text FROM "Product" t UNION ALL
            SELECT 'ShippingRate', t::text FROM "ShippingRate" t UNION ALL
            SELECT 'Coupon', t::text FROM "Coupon" t UNION ALL
            SELECT 'Customer', t::text FROM "Customer" t UNION ALL
            SELECT 'Order', t::text FROM "Order" t UNION ALL
            SELECT 'Session', t::text FROM "Session" t
            ORDER BY 1, 2
            """;

    /**
     * Starts the databases, writes the env files, and lays the sample's plan where the project has none of its own.
     *
     * @param basedir the project's copy
     * @param context the hooks' shared map
     * @return true, as a hook must
     */
    public static boolean open(File basedir, Map<String, Object> context) throws IOException {
        Folder project = new Folder(basedir.toPath());
        Path sample = sample(basedir);
        if (!Files.exists(project.path().resolve("sync-plan.json"))) {
            project.write("sync-plan.json", new Folder(sample).text("sync-plan.json"));
        }
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setPort(LoopbackPort.free())
                .setDataDirectory(project.path().resolve("../../servers").resolve(basedir.getName()))
                .start();
        Folder scripts = new Folder(sample.resolve("db"));
        for (String side : List.of("local", "prod")) {
            Database database = Database.create(server, side);
            database.execute(scripts.text("schema.sql"));
            database.execute(scripts.text(side + ".sql"));
        }
        project.write(".env", "DATABASE_URL=" + url(server.getPort(), "local") + "\n");
        project.write(".env.production", "DATABASE_URL=" + url(server.getPort(), "prod") + "\n");
        context.put("shop", new Shop(project, server));
        return true;
    }

    /** The same project with env files that lead nowhere: whoever connects fails. */
    public static boolean unreachable(File basedir, Map<String, Object> context) {
        Folder project = new Folder(basedir.toPath());
        if (!Files.exists(project.path().resolve("sync-plan.json"))) {
            project.write("sync-plan.json", new Folder(sample(basedir)).text("sync-plan.json"));
        }
        project.write(".env", "DATABASE_URL=" + url(1, "local") + "\n");
        project.write(".env.production", "DATABASE_URL=" + url(1, "prod") + "\n");
        context.put("shop", new Shop(project, null));
        return true;
    }

    /** Runs a hook's assertions and ends the databases, come what may. */
    public void check(Runnable assertions) throws IOException {
        try {
            assertions.run();
        } finally {
            close();
        }
    }

    /** Rows of a query in production, the columns of each joined by {@code |}. */
    public List<String> production(String sql) {
        if (server == null) {
            throw new IllegalStateException("this shop has no databases");
        }
        return Database.of(server, "prod").rows(sql);
    }

    /** Whether no row of production has changed since the project began. */
    public boolean productionIsUnchanged() {
        return production(EVERYTHING).equals(before);
    }

    /** The build's output. */
    public String log() {
        return project.text("build.log");
    }

    /** A file of the project. */
    public String text(String file) {
        return project.text(file);
    }

    /** Whether a file is there. */
    public boolean has(String file) {
        return Files.exists(project.path().resolve(file));
    }

    /** The totals of a report, as text: the README's numbers. */
    public String totals(String reports) {
        return Totals.in(project.text(reports + "/sync-report.json")).toString();
    }

    /** The first text of that name in a report. */
    public String field(String file, String name) {
        Matcher field = Pattern.compile('"' + name + "\": \"([^\"]*)\"").matcher(project.text(file));
        if (!field.find()) {
            throw new IllegalStateException(file + " has no text " + name);
        }
        return field.group(1);
    }

    /**
     * Runs Maven once more, with what only the project's own runs could tell. Its output is added to the build's.
     *
     * @param arguments may be a script's interpolated strings
     * @return the exit code
     */
    public int maven(Object... arguments) {
        Path target = project.path().resolve("../..").normalize();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("maven.home"), "bin", isWindows() ? "mvn.cmd" : "mvn")
                        .toString(),
                "--batch-mode",
                "--global-settings",
                target.resolve("it/interpolated-settings.xml").toString(),
                "-Dmaven.repo.local=" + target.resolve("local-repo")));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return Processes.exitCode(new ProcessBuilder(command)
                .directory(project.path().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        project.path().resolve("build.log").toFile())));
    }

    private static boolean isWindows() {
        return System.getProperty("os.name", "").startsWith("Windows");
    }

    /** Files of the project, but the env files, in which the password stands. */
    public List<String> filesWithThePassword() {
        return project.filesWith(PASSWORD);
    }

    @Override
    public void close() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    private static Path sample(File basedir) {
        return basedir.toPath().resolve("../../../demo").normalize();
    }

    private static String url(int port, String database) {
        return "postgresql://postgres:" + PASSWORD + "@localhost:" + port + "/" + database;
    }
}
