"""What is done with documents in the background. A task may run twice, and late: it reads what there is by then."""

import hashlib

from django_tasks import task

from apps.documents.models import Attachment


@task
def fingerprint(document_id: int) -> None:
    attachment = Attachment.objects.filter(document=document_id).first()
    if attachment is None:
        return
    with attachment.file.open() as file:
        checksum = hashlib.file_digest(file, "sha256").hexdigest()
    # By its own key: had it been replaced meanwhile, this would change nothing.
    Attachment.objects.filter(pk=attachment.pk).update(checksum=checksum)
