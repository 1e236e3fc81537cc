package io.github.dbops.migration.flyway;

import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.output.InfoResult;

/** Whether Flyway found nothing in its schemas; it says so only to a callback. */
final class EmptySchemas implements Callback {

    private boolean empty = true;

    boolean isTrue() {
        return empty;
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.AFTER_INFO_OPERATION_FINISH;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        if (context.getOperationResult() instanceof InfoResult result) {
            empty = result.allSchemasEmpty;
        }
    }

    @Override
    public String getCallbackName() {
        return "dbops-empty-schemas";
    }
}
