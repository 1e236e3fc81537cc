package io.github.dbops.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;

class FlywayPropertiesTest {

    @Test
    void takesFlywaysOwnOnly() {
        Properties properties = properties("flyway.table", "history");
        properties.setProperty("flywayish", "no");
        properties.setProperty("dbops.engine", "flyway");

        assertThat(FlywayProperties.of(properties)).isEqualTo(Map.of("flyway.table", "history"));
    }

    @Test
    void letsTheCommandLineWinOverTheJvmAndTheJvmOverThePom() {
        MavenProject project = new MavenProject();
        project.getModel()
                .setProperties(properties("flyway.table", "pom", "flyway.target", "pom", "flyway.group", "pom"));
        MavenSession session = Shop.session(project);
        session.getSystemProperties().putAll(properties("flyway.table", "jvm", "flyway.target", "jvm"));
        session.getUserProperties().putAll(properties("flyway.table", "user"));

        assertThat(FlywayProperties.of(session))
                .isEqualTo(Map.of("flyway.table", "user", "flyway.target", "jvm", "flyway.group", "pom"));
    }

    private static Properties properties(String... pairs) {
        Properties properties = new Properties();
        for (int i = 0; i < pairs.length; i += 2) {
            properties.setProperty(pairs[i], pairs[i + 1]);
        }
        return properties;
    }
}
