package io.github.dbops.it;

import java.io.File;

/** What a repository knows of a group's plugins. */
public final class PluginGroup {

    private PluginGroup() {}

    /**
     * Says which plugin the prefix {@code dbops} means, as deploying a release says it; before Maven 3.9, installing one
     * locally does not.
     *
     * @param localRepository the local repository of the build under test
     * @return true, as a hook must
     */
    public static boolean publishPrefix(File localRepository) {
        new Folder(localRepository.toPath()).write("io/github/dbops/maven-metadata-local.xml", """
                        <?xml version="1.0" encoding="UTF-8"?>
                        <metadata>
                          <plugins>
                            <plugin>
                              <name>dbops Maven Plugin</name>
                              <prefix>dbops</prefix>
                              <artifactId>dbops-maven-plugin</artifactId>
                            </plugin>
                          </plugins>
                        </metadata>
                        """);
        return true;
    }
}
