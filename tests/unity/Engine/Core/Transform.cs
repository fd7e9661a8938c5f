using System.Collections;
using System.Collections.Generic;
using UnityDouble;

namespace UnityEngine
{
    public partial class Transform : Component, IEnumerable
    {
        internal readonly List<Transform> Children = new List<Transform>();
        Transform _parent;
        Vector3 _localPosition;
        Quaternion _localRotation = Quaternion.identity;
        Vector3 _localScale = Vector3.one;

        protected internal Transform()
        {
        }

        public bool hasChanged { get; set; }

        public Vector3 localPosition
        {
            get
            {
                Native("get_localPosition");
                return _localPosition;
            }
            set
            {
                Native("set_localPosition");
                _localPosition = value;
                Changed();
            }
        }

        public Quaternion localRotation
        {
            get
            {
                Native("get_localRotation");
                return _localRotation;
            }
            set
            {
                Native("set_localRotation");
                _localRotation = Quaternion.Normalize(value);
                Changed();
            }
        }

        public Vector3 localScale
        {
            get
            {
                Native("get_localScale");
                return _localScale;
            }
            set
            {
                Native("set_localScale");
                _localScale = value;
                Changed();
            }
        }

        public Vector3 position
        {
            get { return Above().MultiplyPoint3x4(localPosition); }
            set
            {
                using (Allocation.Noted())
                {
                    localPosition = Above().inverse.MultiplyPoint3x4(value);
                }
            }
        }

        public Quaternion rotation
        {
            get { return _parent == null ? localRotation : _parent.rotation * localRotation; }
            set
            {
                localRotation =
                    _parent == null ? value : Quaternion.Inverse(_parent.rotation) * value;
            }
        }

        public Vector3 lossyScale
        {
            get
            {
                return (
                    Matrix4x4.Rotate(Quaternion.Inverse(rotation)) * localToWorldMatrix).lossyScale;
            }
        }

        public Vector3 eulerAngles
        {
            get { return rotation.eulerAngles; }
            set { rotation = Quaternion.Euler(value); }
        }

        public Vector3 localEulerAngles
        {
            get { return localRotation.eulerAngles; }
            set { localRotation = Quaternion.Euler(value); }
        }

        public Vector3 forward
        {
            get { return rotation * Vector3.forward; }
            set { rotation = Quaternion.LookRotation(value); }
        }

        public Vector3 up
        {
            get { return rotation * Vector3.up; }
            set { rotation = Quaternion.FromToRotation(Vector3.up, value); }
        }

        public Vector3 right
        {
            get { return rotation * Vector3.right; }
            set { rotation = Quaternion.FromToRotation(Vector3.right, value); }
        }

        public Matrix4x4 localToWorldMatrix
        {
            get { return Above() * Matrix4x4.TRS(localPosition, localRotation, localScale); }
        }

        public Matrix4x4 worldToLocalMatrix
        {
            get { return localToWorldMatrix.inverse; }
        }

        public void SetPositionAndRotation(Vector3 position, Quaternion rotation)
        {
            this.position = position;
            this.rotation = rotation;
        }

        public void SetLocalPositionAndRotation(Vector3 localPosition, Quaternion localRotation)
        {
            this.localPosition = localPosition;
            this.localRotation = localRotation;
        }

        public void GetPositionAndRotation(out Vector3 position, out Quaternion rotation)
        {
            position = this.position;
            rotation = this.rotation;
        }

        public void Translate(Vector3 translation)
        {
            Translate(translation, Space.Self);
        }

        public void Translate(Vector3 translation, Space relativeTo)
        {
            position += relativeTo == Space.World ? translation : TransformDirection(translation);
        }

        public void Rotate(Vector3 eulers)
        {
            localRotation = localRotation * Quaternion.Euler(eulers);
        }

        public void RotateAround(Vector3 point, Vector3 axis, float angle)
        {
            Quaternion turn = Quaternion.AngleAxis(angle, axis);
            position = point + turn * (position - point);
            rotation = turn * rotation;
        }

        public void LookAt(Vector3 worldPosition)
        {
            LookAt(worldPosition, Vector3.up);
        }

        public void LookAt(Vector3 worldPosition, Vector3 worldUp)
        {
            rotation = Quaternion.LookRotation(worldPosition - position, worldUp);
        }

        public Vector3 TransformPoint(Vector3 position)
        {
            return localToWorldMatrix.MultiplyPoint3x4(position);
        }

        public Vector3 InverseTransformPoint(Vector3 position)
        {
            return worldToLocalMatrix.MultiplyPoint3x4(position);
        }

        public Vector3 TransformDirection(Vector3 direction)
        {
            return rotation * direction;
        }

        public Vector3 InverseTransformDirection(Vector3 direction)
        {
            return Quaternion.Inverse(rotation) * direction;
        }

        public Vector3 TransformVector(Vector3 vector)
        {
            return localToWorldMatrix.MultiplyVector(vector);
        }

        public Vector3 InverseTransformVector(Vector3 vector)
        {
            return worldToLocalMatrix.MultiplyVector(vector);
        }

        Matrix4x4 Above()
        {
            Native("get_localToWorldMatrix");
            return _parent == null ? Matrix4x4.identity : _parent.localToWorldMatrix;
        }

        void Changed()
        {
            hasChanged = true;
            foreach (Transform child in Children)
            {
                child.Changed();
            }
        }
    }
}
