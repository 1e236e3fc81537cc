package io.github.dbops.migration.flyway;

import io.github.dbops.migration.EngineTarget;
import io.github.dbops.migration.ModuleClassPath;
import io.github.dbops.postgres.SessionSource;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.configuration.ClassicConfiguration;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.logging.LogFactory;
import org.flywaydb.core.internal.configuration.ConfigUtils;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.jspecify.annotations.Nullable;

/** A Flyway that is set up for one call, with its log and the class path that its user's classes come from. */
final class FlywayTool implements AutoCloseable {

    private final EngineTarget target;
    private final EffectiveSettings settings;
    private final FlywayLog log = new FlywayLog();
    private final @Nullable URLClassLoader classes;
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    FlywayTool(EngineTarget target, EffectiveSettings settings, ModuleClassPath classPath) {
        this.target = target;
        this.settings = settings;
        // Ours above the module's: its migrations must implement the interfaces of the Flyway that runs them.
        this.classes = settings.needsClassPath()
                ? new URLClassLoader(classPath.urls().toArray(URL[]::new), FlywayTool.class.getClassLoader())
                : null;
        if (classes != null) {
            Thread.currentThread().setContextClassLoader(classes);
        }
        LogFactory.setFallbackLogCreator(log);
    }

    /**
     * A Flyway that cannot write, and runs none of its user's SQL callbacks.
     *
     * @param watch told of what it found
     */
    Flyway reading(Callback watch) {
        return load(
                new SessionSource(target.connector(), target.url(), SessionSource.Access.READ_ONLY),
                configuration -> configuration.skipDefaultCallbacks(true),
                Optional.of(watch));
    }

    /**
     * A Flyway that can write.
     *
     * @param journal told of each migration, besides the user's callbacks
     */
    Flyway writing(MigrationJournal journal) {
        return load(
                new SessionSource(target.connector(), target.url(), SessionSource.Access.READ_WRITE)
                        .amending(journal::amended),
                configuration -> {},
                Optional.of(journal));
    }

    /** A Flyway that finds no migrations and makes its history table where there is none. */
    Flyway creating() {
        return load(
                new SessionSource(target.connector(), target.url(), SessionSource.Access.READ_WRITE),
                configuration -> configuration
                        .skipDefaultCallbacks(true)
                        .skipDefaultResolvers(true)
                        .resolvers(new String[0])
                        .skipExecutingMigrations(true)
                        .validateOnMigrate(false)
                        .baselineOnMigrate(false),
                Optional.empty());
    }

    private Flyway load(SessionSource source, Consumer<FluentConfiguration> more, Optional<Callback> callback) {
        Map<String, String> values = new HashMap<>(settings.values());
        // About a second each; the outer lock has kept dbops apart already, so this waits for Flyway itself.
        values.put(
                ConfigUtils.LOCK_RETRY_COUNT,
                Long.toString(target.settings().patience().toSeconds()));
        values.put(ConfigUtils.LOGGERS, "console");
        try {
            FluentConfiguration configuration = Flyway.configure(
                            classes == null ? FlywayTool.class.getClassLoader() : classes)
                    .dataSource(source)
                    .configuration(values);
            more.accept(configuration);
            // With the transactional one, CREATE INDEX CONCURRENTLY waits for ever for Flyway's own transaction; and
            // only with this one are a migration and its row one transaction.
            configuration
                    .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
                    .setTransactionalLock(false);
            Flyway flyway = configuration.load();
            callback.ifPresent(ours -> add(flyway, ours));
            return flyway;
        } catch (FlywayException refused) {
            throw FlywayRefusal.of(refused, target.url().display());
        }
    }

    // After load(), which may have replaced the callbacks by those that it finds on the class path.
    private static void add(Flyway flyway, Callback ours) {
        if (flyway.getConfiguration() instanceof ClassicConfiguration used) {
            List<Callback> all = new ArrayList<>(List.of(used.getCallbacks()));
            all.add(ours);
            used.setCallbacks(all.toArray(Callback[]::new));
        }
    }

    /** What Flyway warned of so far. */
    List<String> warnings() {
        return log.warnings();
    }

    @Override
    public void close() {
        // The log stays with Flyway, which keeps one for the whole JVM: without any, another thread's run would fail.
        Thread.currentThread().setContextClassLoader(before);
        if (classes != null) {
            try {
                classes.close();
            } catch (IOException stillOpen) {
                // The loader goes with this object; an open file of it harms nobody.
            }
        }
    }
}
