package io.github.dbops.env;

/** Which database a setting names: its property, its process variable, its {@code settings.xml} property. */
public enum DatabaseRole {
    /** The one database of the migrate goals. */
    ONLY("dbops.url", "DBOPS_URL", "dbops.server", "envFile"),
    /** Where a sync reads. */
    SOURCE("dbops.fromUrl", "DBOPS_FROM_URL", "dbops.fromServer", "fromEnv"),
    /** Where a sync writes. */
    TARGET("dbops.toUrl", "DBOPS_TO_URL", "dbops.toServer", "toEnv");

    private final String urlProperty;
    private final String variable;
    private final String serverProperty;
    private final String envFileProperty;

    DatabaseRole(String urlProperty, String variable, String serverProperty, String envFileProperty) {
        this.urlProperty = urlProperty;
        this.variable = variable;
        this.serverProperty = serverProperty;
        this.envFileProperty = envFileProperty;
    }

    /** The Maven property that holds a URL without a password. */
    public String urlProperty() {
        return urlProperty;
    }

    /** The process environment's variable. */
    public String variable() {
        return variable;
    }

    /** The Maven property that names a server of {@code settings.xml}. */
    public String serverProperty() {
        return serverProperty;
    }

    /** The Maven property that names an env file. */
    public String envFileProperty() {
        return envFileProperty;
    }
}
