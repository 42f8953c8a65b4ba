"""PostgreSQL row-level security: the second lock behind every queryset filter.

A transaction carries the practices that its actor serves (compliance.scope); a row of another practice
does not exist for it, whatever the query says. FORCE makes the owner of the tables obey as well.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

SCOPE_SQL = """
CREATE OR REPLACE FUNCTION rcm_scope() RETURNS bigint[] LANGUAGE sql STABLE AS
$$ SELECT string_to_array(nullif(current_setting('rcm.practices', true), ''), ',')::bigint[] $$;
CREATE OR REPLACE FUNCTION rcm_actor() RETURNS bigint LANGUAGE sql STABLE AS
$$ SELECT nullif(current_setting('rcm.actor', true), '')::bigint $$;
"""
DROP_SCOPE_SQL = "DROP FUNCTION IF EXISTS rcm_scope(); DROP FUNCTION IF EXISTS rcm_actor();"

IN_SCOPE = "practice_id = ANY ((SELECT rcm_scope())::bigint[])"


class SecureRows(Operation):
    """Migration operation: put row-level security on a tenant-owned model's table (reversible)."""

    reversible = True

    def __init__(self, model_name: str, using: str = IN_SCOPE) -> None:
        self.model_name = model_name
        self.using = using

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Row security leaves Django's model state as it is."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        table = schema_editor.quote_name(to_state.apps.get_model(app_label, self.model_name)._meta.db_table)
        schema_editor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        schema_editor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        schema_editor.execute(f"CREATE POLICY practice_scope ON {table} USING ({self.using}) WITH CHECK ({IN_SCOPE})")

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        table = schema_editor.quote_name(from_state.apps.get_model(app_label, self.model_name)._meta.db_table)
        schema_editor.execute(f"DROP POLICY practice_scope ON {table}")
        schema_editor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        schema_editor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")

    def describe(self) -> str:
        return f"Row-level security on {self.model_name}"
