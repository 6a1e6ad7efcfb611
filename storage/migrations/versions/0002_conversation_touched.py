"""An index by which whoever fell silent a while ago is found without reading every conversation."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the step."""
    op.create_index("conversation_touched", "conversation", ["touched"], unique=False)


def downgrade() -> None:
    """Take the step back."""
    op.drop_index("conversation_touched", table_name="conversation")
