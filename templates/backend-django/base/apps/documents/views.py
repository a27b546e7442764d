"""Documents over HTTP: checks what comes, and leaves reading and writing to selectors and services."""

from http import HTTPStatus
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from apps.core.openapi import problems
from apps.core.private_files import hand_over
from apps.documents import selectors, services
from apps.documents.file_types import FILE_TYPES
from apps.documents.models import Document
from apps.documents.permissions import DocumentPermission
from apps.documents.serializers import DocumentQuerySerializer, DocumentSerializer, UploadSerializer
from apps.users.authentication import user_of

FILE_ANSWERS = tuple((200, each.content_type) for each in FILE_TYPES)


@extend_schema_view(
    list=extend_schema(
        parameters=[DocumentQuerySerializer], responses={200: DocumentSerializer(many=True), **problems(400, 401, 404)}
    ),
    retrieve=extend_schema(responses={200: DocumentSerializer, **problems(401, 404)}),
)
class DocumentViewSet(ListModelMixin, RetrieveModelMixin, GenericViewSet[Document]):
    """Documents that the user may read: his own, and those that are shared."""

    serializer_class = DocumentSerializer
    permission_classes = (DocumentPermission,)
    queryset = Document.objects.none()  # for the schema: it tells the type of the id
    lookup_value_regex = r"\d{1,18}"

    def get_queryset(self) -> QuerySet[Document]:
        if self.action != "list":
            return selectors.readable_by(user_of(self.request))
        query = DocumentQuerySerializer(data=self.request.query_params.dict())
        query.is_valid(raise_exception=True)
        return selectors.find(user_of(self.request), **query.validated_data)

    @extend_schema(responses={201: DocumentSerializer, **problems(400, 401, 403)})
    def create(self, request: Request) -> Response:
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        document = services.create(user_of(request), **form.validated_data)
        return self._answer(document, HTTPStatus.CREATED)

    @extend_schema(responses={200: DocumentSerializer, **problems(400, 401, 403, 404)})
    def partial_update(self, request: Request, **_: Any) -> Response:
        document = self.get_object()
        form = self.get_serializer(document, data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        services.update(document, **form.validated_data)
        return self._answer(document)

    @extend_schema(responses={204: None, **problems(401, 403, 404)})
    def destroy(self, request: Request, **_: Any) -> Response:
        self.get_object().delete()
        return Response(status=HTTPStatus.NO_CONTENT)

    @extend_schema(
        operation_id="documents_attach",
        request={"multipart/form-data": UploadSerializer},
        responses={200: DocumentSerializer, **problems(400, 401, 403, 404, 413)},
    )
    @action(detail=True, methods=["put"], parser_classes=[MultiPartParser])
    def attachment(self, request: Request, **_: Any) -> Response:
        """A file, in place of the one that is there: PNG, JPEG, PDF or plain text, 5 MB at most."""
        document = self.get_object()
        form = UploadSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        services.attach(document, **form.validated_data)
        return self._answer(document)

    @extend_schema(
        operation_id="documents_attachment",
        responses={**dict.fromkeys(FILE_ANSWERS, OpenApiTypes.BINARY), **problems(401, 404)},
    )
    @attachment.mapping.get
    def download(self, request: Request, **_: Any) -> HttpResponse:
        """The file, for whoever may read the document."""
        attachment = getattr(self.get_object(), "attachment", None)
        if attachment is None:
            raise NotFound
        return hand_over(attachment.file, attachment.name, attachment.content_type)

    @extend_schema(operation_id="documents_detach", responses={204: None, **problems(401, 403, 404)})
    @attachment.mapping.delete
    def detach(self, request: Request, **_: Any) -> Response:
        services.detach(self.get_object())
        return Response(status=HTTPStatus.NO_CONTENT)

    def _answer(self, document: Document, status: int = HTTPStatus.OK) -> Response:
        """As it is now: a task may have been at it already."""
        fresh = Document.objects.select_related("owner", "attachment").get(pk=document.pk)
        return Response(self.get_serializer(fresh).data, status=status)
