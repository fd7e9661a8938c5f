namespace UnityEngine
{
    public partial struct Ray
    {
        Vector3 _direction;

        public Ray(Vector3 origin, Vector3 direction)
        {
            this.origin = origin;
            _direction = direction.normalized;
        }

        public Vector3 origin { get; set; }

        public Vector3 direction
        {
            get { return _direction; }
            set { _direction = value.normalized; }
        }

        public Vector3 GetPoint(float distance)
        {
            return origin + _direction * distance;
        }

        public override string ToString()
        {
            return "Origin: " + origin + ", Dir: " + _direction;
        }
    }
}
