"""Users in JSON: camelCase outside, Django's names inside."""

from rest_framework import serializers

from apps.users.models import User


class UserSerializer(serializers.ModelSerializer[User]):
    """What a user may see of himself. Only the names can be changed here: the rest is for staff, in the admin."""

    firstName = serializers.CharField(source="first_name", max_length=150, allow_blank=True, required=False)
    lastName = serializers.CharField(source="last_name", max_length=150, allow_blank=True, required=False)
    isStaff = serializers.BooleanField(source="is_staff", read_only=True)
    dateJoined = serializers.DateTimeField(source="date_joined", read_only=True)
    emailVerified = serializers.BooleanField(source="email_verified", read_only=True)

    class Meta:
        model = User
        fields = ("id", "email", "firstName", "lastName", "isStaff", "dateJoined", "emailVerified")
        read_only_fields = ("id", "email")
