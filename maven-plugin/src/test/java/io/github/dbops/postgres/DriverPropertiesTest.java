package io.github.dbops.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.env.DatabaseResolution;
import io.github.dbops.env.DatabaseRole;
import io.github.dbops.env.DatabaseSettings;
import io.github.dbops.env.DatabaseUrl;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Package env lists the driver's properties itself, because it must not know the driver. */
class DriverPropertiesTest {

    private static final Set<String> NOT_PARAMETERS = Set.of("PGDBNAME", "PGHOST", "PGPORT", "service");

    @Test
    void everyPropertyOfTheDriverIsKnownInAUrl() throws SQLException {
        DriverPropertyInfo[] known =
                DriverManager.getDriver("jdbc:postgresql:x").getPropertyInfo("jdbc:postgresql:x", new Properties());
        assertThat(known).hasSizeGreaterThan(70);
        for (DriverPropertyInfo property : known) {
            if (!NOT_PARAMETERS.contains(property.name)) {
                String value = property.choices != null
                        ? property.choices[0]
                        : property.value != null && !property.value.isBlank() ? property.value : "true";
                assertThat(server("jdbc:postgresql:x?" + property.name + "=" + value)
                                .warnings())
                        .isEmpty();
            }
        }
    }

    private static DatabaseUrl.Server server(String url) {
        return (DatabaseUrl.Server) new DatabaseResolution(Map.of("DBOPS_URL", url), id -> Optional.empty())
                .resolve(new DatabaseSettings(
                        DatabaseRole.ONLY,
                        Optional.empty(),
                        Optional.empty(),
                        ".env.production",
                        Optional.empty(),
                        Path.of("")))
                .url();
    }
}
