package io.github.dbops.mojo;

import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.maven.execution.MavenSession;

/** Every {@code flyway.*} property of a build: the POM's, over them the JVM's, over both the command line's. */
final class FlywayProperties {

    private static final String PREFIX = "flyway.";

    private FlywayProperties() {}

    /** By whole name. They may hold passwords: never log them. */
    static Map<String, String> of(MavenSession session) {
        return of(
                session.getCurrentProject().getProperties(),
                session.getSystemProperties(),
                session.getUserProperties());
    }

    /** Of several sources, the later one winning. */
    static Map<String, String> of(Properties... sources) {
        Map<String, String> found = new TreeMap<>();
        for (Properties source : sources) {
            source.stringPropertyNames().stream()
                    .filter(name -> name.startsWith(PREFIX))
                    .forEach(name -> found.put(name, source.getProperty(name)));
        }
        return found;
    }
}
