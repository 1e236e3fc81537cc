package io.github.dbops.it;

import io.github.dbops.postgres.embedded.LoopbackPort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One integration test's project with migrations, and an empty database on a server of its own. Hooks reach it as
 * {@code context.schema}: each script has a class loader of its own, so that {@code verify.groovy} must not import this
 * class.
 */
public final class Schema implements AutoCloseable {

    private static final Pattern OUTCOME = Pattern.compile("\"outcome\": \"([a-z-]+)\"");

    private final Folder project;
    private final EmbeddedPostgres server;
    private final Database database;

    private Schema(Folder project, EmbeddedPostgres server, Database database) {
        this.project = project;
        this.server = server;
        this.database = database;
    }

    /**
     * Starts the server, writes {@code .env.production}, and lays the sample shop's migrations where the project has none
     * of its own.
     *
     * @param basedir the project's copy
     * @param context the hooks' shared map
     * @return true, as a hook must
     */
    public static boolean open(File basedir, Map<String, Object> context) throws IOException {
        Folder project = new Folder(basedir.toPath());
        if (List.of("prisma", "db", "src").stream()
                .noneMatch(own -> Files.exists(project.path().resolve(own)))) {
            new Folder(sample(basedir).resolve("prisma")).copyTo(project.path().resolve("prisma"));
        }
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setPort(LoopbackPort.free())
                .setDataDirectory(project.path().resolve("../../servers").resolve(basedir.getName()))
                .start();
        Database database = Database.create(server, "shop");
        project.write(
                ".env.production",
                "DATABASE_URL=postgresql://postgres:" + Shop.PASSWORD + "@localhost:" + server.getPort() + "/shop\n");
        context.put("schema", new Schema(project, server, database));
        return true;
    }

    /** Runs a hook's assertions and ends the server, come what may. */
    public void check(Runnable assertions) throws IOException {
        try {
            assertions.run();
        } finally {
            close();
        }
    }

    /** A query's rows, the columns of each joined by {@code |}. */
    public List<String> rows(String sql) {
        return database.rows(sql);
    }

    /** The build's output, of all its runs. */
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

    /** What Prisma takes for the checksum of a migration. */
    public String checksum(String migration) {
        return project.sha256("prisma/migrations/" + migration + "/migration.sql");
    }

    /** How a run ended, as its report says. */
    public String outcome(String report) {
        Matcher outcome = OUTCOME.matcher(project.text(report));
        return outcome.find() ? outcome.group(1) : "none";
    }

    /** The goals and options of one of the project's runs, counted from 1. */
    public String run(int number) {
        Matcher run = Pattern.compile("(?m)^invoker\\.goals\\." + number + " = (.*)$")
                .matcher(project.text("invoker.properties"));
        if (!run.find()) {
            throw new IllegalArgumentException("no run " + number);
        }
        return run.group(1);
    }

    /** Files of the project, but env files, in which the password stands. */
    public List<String> filesWithThePassword() {
        return filesWith(Shop.PASSWORD);
    }

    /** Files of the project, but env files, in which a text stands. */
    public List<String> filesWith(String text) {
        return project.filesWith(text);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private static Path sample(File basedir) {
        return basedir.toPath().resolve("../../../demo").normalize();
    }
}
