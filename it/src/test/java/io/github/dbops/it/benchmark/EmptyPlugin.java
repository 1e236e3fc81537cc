package io.github.dbops.it.benchmark;

import io.github.dbops.it.Folder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** A plugin that needs nothing, with the one goal {@link EmptyGoal}. */
final class EmptyPlugin {

    private static final String GROUP = "io.github.dbops.benchmark";
    private static final String NAME = "empty-maven-plugin";
    private static final String COORDINATES = """
            <groupId>%s</groupId>
              <artifactId>%s</artifactId>
              <version>1</version>""".formatted(GROUP, NAME);

    private EmptyPlugin() {}

    /**
     * Puts the plugin into the local repository of the benchmarks.
     *
     * @return the goal for Maven's command line
     */
    static String install(Workplace workplace) {
        Folder folder = new Folder(
                workplace.installed().resolve(GROUP.replace('.', '/')).resolve(NAME + "/1"));
        folder.write(NAME + "-1.pom", """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  %s
                  <packaging>maven-plugin</packaging>
                </project>
                """.formatted(COORDINATES));
        try {
            writeJar(folder.path().resolve(NAME + "-1.jar"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return GROUP + ":" + NAME + ":1:nothing";
    }

    private static void writeJar(Path file) throws IOException {
        String type = EmptyGoal.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file));
                InputStream bytes = EmptyGoal.class.getClassLoader().getResourceAsStream(type)) {
            if (bytes == null) {
                throw new IllegalStateException("no class file of " + type);
            }
            jar.putNextEntry(new JarEntry(type));
            bytes.transferTo(jar);
            jar.putNextEntry(new JarEntry("META-INF/maven/plugin.xml"));
            jar.write(descriptor().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String descriptor() {
        return """
                <plugin>
                  <name>empty</name>
                  %s
                  <goalPrefix>empty</goalPrefix>
                  <mojos>
                    <mojo>
                      <goal>nothing</goal>
                      <requiresProject>false</requiresProject>
                      <aggregator>true</aggregator>
                      <implementation>%s</implementation>
                      <language>java</language>
                      <instantiationStrategy>per-lookup</instantiationStrategy>
                    </mojo>
                  </mojos>
                </plugin>
                """.formatted(COORDINATES, EmptyGoal.class.getName());
    }
}
