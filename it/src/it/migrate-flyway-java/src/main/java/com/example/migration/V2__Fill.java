package com.example.migration;

import com.example.Labels;
import java.sql.PreparedStatement;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

public class V2__Fill extends BaseJavaMigration {

    @Override
    public void migrate(Context context) throws Exception {
        try (PreparedStatement insert = context.getConnection().prepareStatement("INSERT INTO shelf VALUES (?)")) {
            insert.setString(1, Labels.FIRST);
            insert.executeUpdate();
        }
    }
}
